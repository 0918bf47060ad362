using System.Text.Json;
using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

/// <summary>What is kept.</summary>
/// <param name="Name">1 to 80 characters; seen by those the link is given to.</param>
/// <param name="Shared">Whether others may open its link: with their own rights, never with the owner's.</param>
/// <param name="Sending">"daily", "weekly" (Mondays), "at-close" (when a cycle closes), or null. Told by a notice to the owner.</param>
public sealed record SaveViewRequest(string Name, ExploreQuestion Question, bool Shared, string? Sending);

/// <summary>A kept question.</summary>
/// <param name="Own">Whether it is the caller's: others see the question and its name alone.</param>
/// <param name="Stopped">Why it is sent no longer: "no-right" (the owner may not see the place any more) or "no-answer"; null while nothing is wrong.</param>
/// <param name="Version">For If-Match.</param>
public sealed record SavedViewResponse(
    Guid Id, string Name, ExploreQuestion Question, bool Own, bool Shared, string? Sending, DateTimeOffset? NextAt, DateTimeOffset? SentAt, string? Stopped, long Version);

internal static class SaveView
{
    /// <summary>More than anybody finds again.</summary>
    public const int MostOfOne = 100;

    /// <summary>Keeps a question about a place the caller may see.</summary>
    public static async Task<Results<Created<SavedViewResponse>, ProblemHttpResult>> HandleAsync(
        SaveViewRequest request, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpResponse response, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await RefuseAsync(request, caller, explorer, cancellationToken) is { } refused)
        {
            return refused.ToHttpResult();
        }

        if (await db.SavedViews.CountAsync(view => view.OwnerId == caller.PersonId, cancellationToken) >= MostOfOne)
        {
            return AnalyticsProblems.TooManyViews.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var view = new SavedView
        {
            Id = Guid.CreateVersion7(now), OwnerId = caller.PersonId, CreatedAt = now, OrganisationId = request.Question.OrganisationId, Name = request.Name.Trim(),
            Question = Written(request.Question), Shared = request.Shared,
        };
        view.Send(request.Sending, now);
        db.Add(view);
        db.Audit(AuditAct.Of(caller, "view.saved", view.Id, null, new { request.Question.OrganisationId, request.Shared, request.Sending }), now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(response, view.Version);
        return TypedResults.Created($"/api/analytics/explore/views/{view.Id}", ToResponse(view, caller));
    }

    /// <summary>The place first: what is wrong with a question about somebody else's is nobody's to know.</summary>
    internal static async Task<Problem?> RefuseAsync(SaveViewRequest request, Caller caller, Explorer explorer, CancellationToken cancellationToken)
    {
        if (await explorer.RefuseAsync(request.Question, caller, cancellationToken) is { } refused)
        {
            return refused;
        }

        return SavedView.Refuse(request.Name) is { } name ? GeneralProblems.Invalid(name)
            : SavedView.IsRhythm(request.Sending) ? null
            : GeneralProblems.Invalid(new FieldError("sending", "unknown", new("可为 daily、weekly、at-close 或空", "One of daily, weekly, at-close, or nothing")));
    }

    internal static string Written(ExploreQuestion question) => JsonSerializer.Serialize(question, JsonSerializerOptions.Web);

    internal static ExploreQuestion Read(SavedView view) => JsonSerializer.Deserialize<ExploreQuestion>(view.Question, JsonSerializerOptions.Web)!;

    internal static SavedViewResponse ToResponse(SavedView view, Caller caller)
    {
        var own = view.OwnerId == caller.PersonId;
        return new(
            view.Id, view.Name, Read(view), own, view.Shared, own ? view.Sending : null, own ? view.NextAt : null, own ? view.SentAt : null, own ? view.Stopped : null, view.Version);
    }
}
