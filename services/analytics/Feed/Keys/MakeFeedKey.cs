using System.Globalization;
using System.Security.Claims;
using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>What the key is called and how long it lives.</summary>
/// <param name="Name">1 to 60 characters: where it is used.</param>
/// <param name="Days">1 to 366.</param>
public sealed record MakeFeedKeyRequest(string Name, int Days);

/// <summary>A key, this once with its secret.</summary>
/// <param name="UserName">What Excel and Power BI ask for as user name.</param>
/// <param name="Secret">What they ask for as password. Never shown again.</param>
public sealed record MadeFeedKeyResponse(Guid Id, string Name, string UserName, string Secret, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

internal static class MakeFeedKey
{
    /// <summary>Makes a key that reads with the caller's rights of each moment.</summary>
    public static async Task<Results<Created<MadeFeedKeyResponse>, ProblemHttpResult>> HandleAsync(
        MakeFeedKeyRequest request, Caller caller, AnalyticsDbContext db, HttpContext http, IOptions<FeedOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0 || !long.TryParse(http.User.FindFirstValue("iat"), CultureInfo.InvariantCulture, out var issued))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var tokenIssuedAt = DateTimeOffset.FromUnixTimeSeconds(issued);
        if (FeedKey.Refuse(request.Name, request.Days).ToList() is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await FeedKeyLock.TakeAsync(db, caller.PersonId, cancellationToken);
        if (await db.Set<FeedCutoff>().AnyAsync(cutoff => cutoff.PersonId == caller.PersonId && cutoff.EndedAt >= tokenIssuedAt, cancellationToken))
        {
            return FeedProblems.SignInJustEnded.ToHttpResult();
        }

        if (await db.FeedKeys.CountAsync(key => key.PersonId == caller.PersonId, cancellationToken) >= options.Value.KeysOfOne)
        {
            return FeedProblems.TooManyKeys(options.Value.KeysOfOne).ToHttpResult();
        }

        var (made, secret) = FeedKey.Make(caller.PersonId, request.Name, request.Days, tokenIssuedAt, now);
        db.Add(made);
        db.Audit(AuditAct.Of(caller, "feed-key.made", made.Id, caller.PlaceOf([]), new { request.Days }), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/analytics/feed-keys/{made.Id}", new MadeFeedKeyResponse(made.Id, made.Name, made.Id.ToString("N"), secret, made.CreatedAt, made.ExpiresAt));
    }
}
