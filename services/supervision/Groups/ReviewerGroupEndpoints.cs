namespace Gengdu.Supervision.Groups;

internal static class ReviewerGroupEndpoints
{
    public static void MapReviewerGroups(this IEndpointRouteBuilder app)
    {
        var groups = app.MapGroup("/api/supervision/reviewer-groups").RequireAuthorization().WithTags("Reviewer groups")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        groups.MapGet("", ListReviewerGroups.HandleAsync).WithName(nameof(ListReviewerGroups));
        groups.MapGet("/work", ListGroupWork.HandleAsync).WithName(nameof(ListGroupWork));
        groups.MapPost("", CreateReviewerGroup.HandleAsync).WithName(nameof(CreateReviewerGroup))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        groups.MapDelete("/{id:guid}", EndReviewerGroup.HandleAsync).WithName(nameof(EndReviewerGroup));
    }
}
