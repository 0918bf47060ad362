using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Outages;

/// <param name="StartedAt">From when schools could not reach the platform.</param>
/// <param name="EndedAt">Until when; not in the future.</param>
/// <param name="Reason">What it was; everybody concerned reads it.</param>
internal sealed record DeclareOutageRequest(DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Reason);

/// <summary>What the service cannot notice by itself: a network that was down, a gateway nobody reached.</summary>
internal static class DeclareOutage
{
    private const int MaxReason = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static async Task<Results<Created<OutageResponse>, ProblemHttpResult>> HandleAsync(
        DeclareOutageRequest request, Caller caller, ReportingDbContext db, IOptions<OutageOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Rights.FirstOrDefault(right => right.Role == Roles.ProvinceOwner) is not { } owner)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (request.Reason.Trim().Length is 0 or > MaxReason || request.Reason.Contains('\0', StringComparison.Ordinal))
        {
            return GeneralProblems.Invalid(new FieldError("reason", "length", new("请填写原因，至多 500 字", "Give the reason in at most 500 characters"))).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        if (request.EndedAt > now || request.StartedAt >= request.EndedAt || request.EndedAt - request.StartedAt > Longest)
        {
            return OutageProblems.NotOver.ToHttpResult();
        }

        var outage = new Outage
        {
            Id = Guid.CreateVersion7(now),
            StartedAt = request.StartedAt.ToUniversalTime(),
            EndedAt = request.EndedAt.ToUniversalTime(),
            NoticedAt = now,
            GraceMinutes = options.Value.GraceMinutes,
            Reason = request.Reason.Trim(),
            DeclaredBy = caller.PersonId,
        };
        db.Add(outage);
        // The reason is free text: it stands with the outage.
        db.Audit(AuditAct.Of(caller, "outage.declared", outage.Id, owner.Path, new { outage.StartedAt, outage.EndedAt, outage.GraceMinutes }), now);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created((string?)null, OutageResponse.From(outage));
    }
}
