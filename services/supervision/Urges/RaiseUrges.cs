using System.ComponentModel.DataAnnotations;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Urges;

/// <summary>One click: the organisations named, or all that hold something in one state below a place.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="State">What they hold: "not-submitted", "returned", "county-review", "city-review" or "province-review".</param>
/// <param name="OrganisationId">Only what is held about this organisation's subtree; without it the caller's own.</param>
/// <param name="OrganisationIds">Only these holders, at most 500; for "not-submitted" and "returned" the reporting organisations themselves.</param>
/// <param name="AtLeastDays">Only what has been held for so many working days.</param>
/// <param name="Words">Sent along, at most 300 characters.</param>
public sealed record RaiseUrgesRequest(
    Guid CycleId, HeldState State, Guid? OrganisationId = null, IReadOnlyList<Guid>? OrganisationIds = null, [property: Range(0, 400)] int? AtLeastDays = null, string? Words = null);

/// <param name="Urged">Organisations that were urged.</param>
/// <param name="People">Persons who are told; organisations where nobody holds the role tell nobody.</param>
/// <param name="DeliverAt">When they are told; later than now in quiet hours. Null when nobody was urged.</param>
/// <param name="Skipped">Those asked for that were not, with the reason; at most 500.</param>
public sealed record RaiseUrgesResponse(int Urged, int People, DateTimeOffset? DeliverAt, IReadOnlyList<SkippedUrge> Skipped);

public sealed record SkippedUrge(Guid OrganisationId, string Code, Text Messages);

internal static class RaiseUrges
{
    private const int MostNamed = 500;
    private const int Most = 2_000;
    private const int LongestWords = 300;

    public static async Task<Results<Ok<RaiseUrgesResponse>, ProblemHttpResult>> HandleAsync(
        RaiseUrgesRequest request, Caller caller, SupervisionDbContext db, UrgeLimit limit, IOptions<QuietHours> quiet, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (place, _, problem) = await BoardPlaces.FindAsync(db, caller, request.OrganisationId, cancellationToken);
        problem ??= Invalid(request) ?? await UnseenAsync(request, caller, db, cancellationToken);
        if (place is null || problem is not null)
        {
            return problem!.ToHttpResult();
        }

        // Of two clicks at once the second finds what the first did.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('urges ' || {request.CycleId}::text, 7306))", cancellationToken);
        var scope = request.OrganisationId is null ? ReviewScope.Of(caller.SubtreePaths(ReviewRoles.Reviewers)) : ReviewScope.Of([place.Path]);
        var holders = await HeldReports.ByHolderAsync(
            db, request.CycleId, request.State, scope, HeldDays.Before(request.AtLeastDays ?? 0, now), request.OrganisationIds?.Distinct().ToArray(), cancellationToken);
        var skipped = (request.OrganisationIds ?? []).Except(holders.Select(held => held.Id)).Select(id => Skip(id, UrgeProblems.HoldsNothing)).ToList();
        var over = holders.Where(held => UrgeLimit.RightOver(caller, held.Path, held.At) is not null).ToList();
        if (holders.Count > 0 && over.Count < (request.OrganisationIds is null ? 1 : holders.Count))
        {
            // Named ones are authorised before the first is touched.
            return UrgeProblems.NotBelowYou(holders.Except(over).First().At).ToHttpResult();
        }

        if (over.Count > Most)
        {
            return UrgeProblems.TooMany(over.Count, Most).ToHttpResult();
        }

        var cycle = await db.Cycles.FirstOrDefaultAsync(c => c.Id == request.CycleId, cancellationToken);
        var urged = await LastAsync(db, request, cancellationToken);
        var batch = Guid.CreateVersion7(now);
        var urges = new List<Urge>();
        foreach (var held in over)
        {
            if (limit.Refuse(caller, request.State, held.Path, held.At, urged.TryGetValue((held.Id, held.At), out var last) ? last : null, now) is { } refusal)
            {
                skipped.Add(Skip(held.Id, refusal));
                continue;
            }

            var deadlines = cycle?.Deadlines.Where(deadline => deadline.Key == held.Level).Select(deadline => deadline.Value) ?? [];
            urges.Add(Make(request, caller, held, batch, quiet.Value.Delivery(now, deadlines), now));
        }

        db.AddRange(urges);
        await UrgeDelivery.DeliverAsync(db, urges, cycle, now, cancellationToken);
        foreach (var urge in urges)
        {
            db.Audit(AuditAct.Of(caller, "urge.raised", urge.Id, urge.HolderPath, new { urge.BatchId, urge.CycleId, State = urge.State.Key(), urge.Reports, urge.People }) with { OrganisationId = urge.HolderId }, now);
        }

        db.PublishUrged(urges, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new RaiseUrgesResponse(urges.Count, urges.Sum(urge => urge.People), urges.Count > 0 ? urges.Max(urge => urge.DeliverAt) : null, [.. skipped.Take(MostNamed)]));
    }

    private static Problem? Invalid(RaiseUrgesRequest request) =>
        request.State == HeldState.Accepted ? GeneralProblems.Invalid(new FieldError("state", "option", new("已确认的填报无须催办", "Nobody holds what was accepted")))
        : request.OrganisationIds?.Count is 0 or > MostNamed ? GeneralProblems.Invalid(new FieldError("organisationIds", "length", new($"请选择 1 至 {MostNamed} 个单位", $"Choose 1 to {MostNamed} organisations")))
        : request.Words?.Trim().Length > LongestWords ? GeneralProblems.Invalid(new FieldError("words", "length", new($"附言最多 {LongestWords} 字", $"At most {LongestWords} characters")))
        : request.Words?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true
            ? GeneralProblems.Invalid(new FieldError("words", "pattern", new("文字中有不可见的控制字符，请删除", "Remove the control characters from the text")))
        : null;

    /// <summary>One foreign organisation refuses the whole request.</summary>
    private static async Task<Problem?> UnseenAsync(RaiseUrgesRequest request, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var ids = (request.OrganisationIds ?? []).Distinct().ToArray();
        var paths = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => o.Path).ToListAsync(cancellationToken);
        return paths.Count < ids.Length || !paths.TrueForAll(caller.Sees) ? GeneralProblems.NotFound : null;
    }

    private static async Task<Dictionary<(Guid, ReviewLevel), DateTimeOffset>> LastAsync(SupervisionDbContext db, RaiseUrgesRequest request, CancellationToken cancellationToken) =>
        (await db.Urges.Where(u => u.CycleId == request.CycleId && u.State == request.State).GroupBy(u => new { u.HolderId, u.HolderLevel })
            .Select(g => new { g.Key.HolderId, g.Key.HolderLevel, At = g.Max(u => u.RaisedAt) }).ToListAsync(cancellationToken)).ToDictionary(u => (u.HolderId, u.HolderLevel), u => u.At);

    private static Urge Make(RaiseUrgesRequest request, Caller caller, Held held, Guid batch, DateTimeOffset deliverAt, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        BatchId = batch,
        CycleId = request.CycleId,
        State = request.State,
        HolderId = held.Id,
        HolderPath = held.Path,
        HolderLevel = held.At,
        By = caller.PersonId,
        ByOrganisationId = UrgeLimit.RightOver(caller, held.Path, held.At)!.OrganisationId,
        Words = string.IsNullOrWhiteSpace(request.Words) ? null : request.Words.Trim(),
        Reports = held.Reports,
        Modules = held.Modules,
        OldestSince = held.Since[0],
        ReportId = held.ReportIds[0],
        RaisedAt = now,
        DeliverAt = deliverAt,
    };

    private static SkippedUrge Skip(Guid organisationId, Problem problem) => new(organisationId, problem.Code, problem.Detail);
}
