"""content/ to Handbook: every word of guidance and every number, checked as a whole."""

from afterword.content.checks import MARK as MARK
from afterword.content.checks import NUMBERS as NUMBERS
from afterword.content.last_good import HandbookInUse as HandbookInUse
from afterword.content.last_good import handbook_in_use as handbook_in_use
from afterword.content.last_good import keep_copy as keep_copy
from afterword.content.loading import CONTENT as CONTENT
from afterword.content.loading import load_handbook as load_handbook
from afterword.content.practice import plan_problems as plan_problems
