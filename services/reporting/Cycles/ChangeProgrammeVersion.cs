using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

/// <param name="ProgrammeVersion">A published version, newer than the cycle's; the cycle's own to set only the date.</param>
/// <param name="Reason">Shown to everybody who has to take the new form.</param>
/// <param name="RequiredBy">From then on earlier versions are no longer completed and signed; left out: they may be.</param>
internal sealed record ChangeProgrammeVersionRequest(string ProgrammeVersion, string Reason, DateTimeOffset? RequiredBy = null);

/// <param name="FromVersion">The cycle's version before.</param>
/// <param name="ToVersion">The version asked for.</param>
/// <param name="RequiredBy">As asked for.</param>
/// <param name="Differences">Module by module.</param>
/// <param name="ModuleReports">How many reports of the modules with differences are in which state, on which version.</param>
/// <param name="Moved">Untouched reports that follow at once.</param>
internal sealed record ProgrammeVersionChangeResponse(
    string FromVersion, string ToVersion, DateTimeOffset? RequiredBy, IReadOnlyList<ModuleDifference> Differences, IReadOnlyList<VersionCount> ModuleReports, int Moved);

internal static class ChangeProgrammeVersion
{
    private const int MaxReason = 1000;

    public static async Task<Results<Ok<ProgrammeVersionChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ChangeProgrammeVersionRequest request, bool? preview, HttpContext http, Caller caller, ProgrammeCatalogue catalogue, ReportingDbContext db,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked: of two owners the second sees what the first decided.
        var cycle = await db.Cycles.FromSql($"select *, xmin from cycles where id = {id} for update").AsTracking().VisibleTo(caller).SingleOrDefaultAsync(cancellationToken);
        if (cycle is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(cycle.OrganisationPath, Roles.ProvinceOwner))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if ((preview == true ? null : EntityTag.Check(http.Request, db.Entry(cycle).Property<uint>("xmin").CurrentValue) ?? Check(request, now)) is { } unfit)
        {
            return unfit.ToHttpResult();
        }

        var from = await catalogue.GetAsync(cycle.ProgrammeKey, cycle.ProgrammeVersion, cancellationToken);
        if (await catalogue.FindAsync(cycle.ProgrammeKey, request.ProgrammeVersion, cancellationToken) is not { } to)
        {
            return ProgrammeProblems.UnknownVersion(cycle.ProgrammeKey, request.ProgrammeVersion).ToHttpResult();
        }

        var reports = new VersionReports(db, cycle, from, to);
        // The present version may be looked at: nothing would change.
        var looks = preview == true && to.Version == from.Version;
        if ((looks ? null : cycle.ChangeProgrammeVersion(to.Version, request.RequiredBy?.ToUniversalTime()) ?? await reports.RefuseAsync(cancellationToken)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var counts = await reports.CountAsync(cancellationToken);
        var moved = preview == true ? 0 : await reports.MoveAsync(cancellationToken);
        if (preview != true)
        {
            await RecordAsync(request, cycle, from, caller, db, moved, now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            EntityTag.Set(http.Response, db.Entry(cycle).Property<uint>("xmin").CurrentValue);
        }

        return TypedResults.Ok(new ProgrammeVersionChangeResponse(from.Version, to.Version, request.RequiredBy, reports.Differences.Modules, counts, moved));
    }

    private static async Task RecordAsync(
        ChangeProgrammeVersionRequest request, Cycle cycle, Programme from, Caller caller, ReportingDbContext db, int moved, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var change = new ProgrammeChange
        {
            Id = Guid.CreateVersion7(now),
            CycleId = cycle.Id,
            FromVersion = from.Version,
            ToVersion = cycle.ProgrammeVersion,
            Reason = request.Reason.Trim(),
            RequiredBy = cycle.VersionRequiredBy,
            ChangedBy = caller.PersonId,
            ChangedAt = now,
        };
        db.Add(change);
        if (change.FromVersion != change.ToVersion)
        {
            db.Publish(cycle.ToCycleProgrammeChanged(now), now);
        }

        // The reason is free text: it stands with the change.
        db.Audit(AuditAct.Of(caller, "cycle.programme-changed", cycle.Id, cycle.OrganisationPath, new { change.FromVersion, change.ToVersion, change.RequiredBy }) with { Rows = moved }, now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static Problem? Check(ChangeProgrammeVersionRequest request, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (request.Reason.Trim().Length is 0 or > MaxReason || request.Reason.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(new("reason", "length", new("请填写理由，至多 1000 字", "Give the reason in at most 1,000 characters")));
        }

        if (request.RequiredBy <= now)
        {
            errors.Add(new("requiredBy", "range", new("时间应晚于现在", "The time lies in the future")));
        }

        return errors.Count > 0 ? GeneralProblems.Invalid(errors) : null;
    }
}
