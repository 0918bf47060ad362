using Gengdu.Audit;
using Gengdu.Calendar;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Extensions;

/// <param name="OrganisationId">The own school, or the own county with its schools.</param>
/// <param name="Until">Until when submissions should be taken.</param>
/// <param name="Reason">For the level above.</param>
internal sealed record AskExtensionRequest(Guid OrganisationId, DateTimeOffset Until, string Reason);

/// <summary>More time is asked for, also for some days after the end of the window; the level above answers.</summary>
internal static class AskExtension
{
    public const int MaxReason = 1000;

    public static async Task<Results<Created<ExtensionRequestResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, AskExtensionRequest request, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var cycle = await db.Cycles.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        var organisation = await db.Organisations.SingleOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        if (cycle is null || organisation is null || !caller.SeesReport(organisation.Id, organisation.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var leads = caller.LeadsAt(organisation.Id);
        if (!leads && !caller.Owns(organisation.Id, Roles.Reporter, Roles.Approver))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (CheckReason(request.Reason, "reason") is { } wordless)
        {
            return wordless.ToHttpResult();
        }

        // Own people of a school that has moved find it by its organisation, not by its place.
        var owed = db.Reports.Where(r => r.CycleId == id && r.ExemptedAt == null);
        owed = leads ? owed.Under(organisation.Path, r => r.OrganisationPath) : owed.Where(r => r.OrganisationId == organisation.Id);
        var open = owed.Where(r => db.ModuleReports.Any(m => m.ReportId == r.Id && m.State != ModuleReportState.Submitted && m.State != ModuleReportState.Approved && m.State != ModuleReportState.Accepted));
        var windows = await open.GroupBy(r => r.Level).Select(g => new { Level = g.Key, ExtendedUntil = g.Max(r => r.ExtendedUntil) }).ToListAsync(cancellationToken);
        if (windows.Count == 0 && cycle.State == CycleState.Open)
        {
            return ExtensionProblems.NothingOpen.ToHttpResult();
        }

        var outages = await db.Outages.Where(o => o.EndedAt >= cycle.OpensAt).ToListAsync(cancellationToken);
        var endsAt = windows.Select(w => new CollectionWindow(cycle.State, cycle.OpensAt, cycle.DeadlineOf(w.Level), TimeSpan.FromMinutes(cycle.GraceMinutes), w.ExtendedUntil) { Outages = outages }.EndsAt(null))
            .DefaultIfEmpty(cycle.SchoolDeadline).Max();
        if (ExtensionRequest.MayAsk(cycle, endsAt, request.Until, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var asked = new ExtensionRequest
        {
            Id = Guid.CreateVersion7(now),
            CycleId = id,
            OrganisationId = organisation.Id,
            OrganisationPath = organisation.Path,
            CoversSubtree = leads,
            AskedUntil = request.Until.ToUniversalTime(),
            Reason = request.Reason.Trim(),
            AskedBy = caller.PersonId,
            AskedAt = now,
            WindowEndsAt = endsAt,
            AnswerBy = WorkingDays.Add(now, ExtensionRequest.AnswerWorkingDays),
        };
        db.Add(asked);
        db.Publish(asked.ToExtensionRequested(), now);
        // The reason is free text: it stands with the request.
        db.Audit(AuditAct.Of(caller, "extension.asked", asked.Id, organisation.Path, new { asked.CycleId, asked.AskedUntil, late = now > endsAt }) with { OrganisationId = organisation.Id }, now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ExtensionProblems.AlreadyAsked.ToHttpResult();
        }

        return TypedResults.Created((string?)null, ExtensionRequestResponse.From(asked, organisation, mine: false));
    }

    internal static Problem? CheckReason(string reason, string at) => reason.Trim().Length is 0 or > MaxReason || reason.Contains('\0', StringComparison.Ordinal)
        ? GeneralProblems.Invalid(new FieldError(at, "length", new("请填写理由，至多 1000 字", "Give the reason in at most 1,000 characters"))) : null;
}
