using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Reviews;

internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Reviews")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

        reviews.MapGet("/queue", GetQueue.HandleAsync).WithName(nameof(GetQueue));
        reviews.MapGet("/queue/places", GetQueuePlaces.HandleAsync).WithName(nameof(GetQueuePlaces));
        reviews.MapGet("/reviews", ListReviews.HandleAsync).WithName(nameof(ListReviews));
        reviews.MapGet("/reviews/{id:guid}", GetReview.HandleAsync).WithName(nameof(GetReview));
        reviews.MapPost("/reviews/{id:guid}/approval", ApproveReview.HandleAsync).WithName(nameof(ApproveReview)).ProducesProblem(StatusCodes.Status409Conflict);
        reviews.MapPost("/reviews/{id:guid}/return", ReturnReview.HandleAsync).WithName(nameof(ReturnReview))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        reviews.MapPut("/reviews/{id:guid}/opening", OpenReview.HandleAsync).WithName(nameof(OpenReview)).ProducesProblem(StatusCodes.Status409Conflict);
        reviews.MapPost("/reviews/{id:guid}/withdrawal", WithdrawReview.HandleAsync).WithName(nameof(WithdrawReview)).Written();
        reviews.MapPost("/reviews/{id:guid}/unlock-requests", AskUnlock.HandleAsync).WithName(nameof(AskUnlock)).Written();
        reviews.MapPost("/reviews/{id:guid}/unlock", UnlockReview.HandleAsync).WithName(nameof(UnlockReview)).Written();
        reviews.MapPost("/reviews/{id:guid}/unlock-refusal", RefuseUnlock.HandleAsync).WithName(nameof(RefuseUnlock)).Written();
        reviews.MapPut("/reviews/{id:guid}/answers", AnswerRemarks.HandleAsync).WithName(nameof(AnswerRemarks)).Written();
        reviews.MapPost("/approvals", ApproveReviews.HandleAsync).WithName(nameof(ApproveReviews)).WithLongWork(TimeSpan.FromMinutes(4.9)).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
    private static void Written(this RouteHandlerBuilder act) =>
        act.ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
