"""What a drug's label says about its dose, for the care team."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.protocol import label

from .errors import not_found
from .permissions import STAFF
from .shapes.labels import LabelShape
from .shapes.problems import ProblemShape


class LabelView(APIView):
    """The label of one drug."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="get_label", responses={200: LabelShape, 404: ProblemShape})
    def get(self, request: Request, drug: str) -> Response:
        """Dose levels, and what the label says by symptom and grade, with where it was read."""
        found = label.of(drug)
        if found is None:
            raise not_found()
        return Response(asdict(found))
