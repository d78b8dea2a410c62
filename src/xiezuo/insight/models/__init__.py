from xiezuo.insight.models.framework import Framework, Target
from xiezuo.insight.models.release import Release, ReleasedRow
from xiezuo.insight.models.report import ReportText

__all__ = ["Framework", "Release", "ReleasedRow", "ReportText", "Target"]
