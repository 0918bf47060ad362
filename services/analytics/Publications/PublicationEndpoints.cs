using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Publications;

internal static class PublicationEndpoints
{
    /// <summary>Other systems listen to it, and supervision tells the counties; nothing is lost where neither is there yet.</summary>
    public static void AddPublications(this WebApplicationBuilder builder) => builder.Services.Announces<FiguresPublished>();

    public static void MapPublications(this IEndpointRouteBuilder routes)
    {
        var publications = routes.MapGroup("/api/analytics/publications").WithTags("Publications").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        publications.MapPost("", PublishFigures.HandleAsync).WithName("PublishFigures").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        var drafts = publications.MapGroup("/drafts");
        drafts.MapPost("", DraftFigures.HandleAsync).WithName("DraftFigures").WithLongWork(TimeSpan.FromSeconds(110))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        drafts.MapGet("", ListDrafts.HandleAsync).WithName("ListDrafts");
        drafts.MapGet("/{id:guid}/changes", ListDraftChanges.HandleAsync).WithName("ListDraftChanges");
        drafts.MapPost("/{id:guid}/check", CheckDraft.HandleAsync).WithName("CheckDraft").ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        drafts.MapDelete("/{id:guid}", DiscardDraft.HandleAsync).WithName("DiscardDraft").ProducesProblem(StatusCodes.Status409Conflict);
        publications.MapGet("/check", CheckPublication.HandleAsync).WithName("CheckPublication");
        publications.MapGet("", ListPublications.HandleAsync).WithName("ListPublications");
    }
}
