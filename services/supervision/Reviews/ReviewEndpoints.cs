using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Reviews")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

        reviews.MapGet("/queue", GetQueue.HandleAsync).WithName(nameof(GetQueue));
        reviews.MapGet("/reviews", ListReviews.HandleAsync).WithName(nameof(ListReviews));
        reviews.MapGet("/reviews/{id:guid}", GetReview.HandleAsync).WithName(nameof(GetReview));
        reviews.MapPost("/reviews/{id:guid}/approval", ApproveReview.HandleAsync).WithName(nameof(ApproveReview)).ProducesProblem(StatusCodes.Status409Conflict);
        reviews.MapPost("/reviews/{id:guid}/return", ReturnReview.HandleAsync).WithName(nameof(ReturnReview))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        reviews.MapPost("/approvals", ApproveReviews.HandleAsync).WithName(nameof(ApproveReviews)).WithLongWork(TimeSpan.FromMinutes(4.9)).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
