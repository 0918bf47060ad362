using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Audit;

/// <summary>One act, as an auditor reads it: "seq" is its number in the service's stream, "personal" is null when there is none or it was erased.</summary>
public sealed record AuditItem(
    long Seq, DateTimeOffset At, Guid? ActorId, string? ClientId, string? Session, string Act, string Outcome, string ObjectKind, string? ObjectId,
    Guid? OrganisationId, string? OrganisationPath, int? Rows, string? Filter, string? Details, string? TraceId, string? Personal);

/// <summary>The newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">Give it as "before" to read on; null at the end.</param>
/// <param name="Chain">The last signed checkpoint; null before the first.</param>
public sealed record AuditPage(IReadOnlyList<AuditItem> Items, long? Next, AuditSeal? Chain);

/// <summary>Entries up to "size" are covered by a signed checkpoint of this moment.</summary>
public sealed record AuditSeal(long Size, DateTimeOffset At);

/// <param name="PersonId">Who acted.</param>
/// <param name="Act">E.g. "module-report.submitted".</param>
/// <param name="Outcome">"done", "denied", "saw" or "failed".</param>
/// <param name="OrganisationId">Only this organisation and those below it.</param>
/// <param name="ObjectKind">E.g. "module-report".</param>
/// <param name="ObjectId">To what it was done.</param>
/// <param name="From">From this moment on.</param>
/// <param name="To">Before this moment.</param>
/// <param name="Before">Only entries with a smaller number.</param>
/// <param name="PageSize">1 to 500, default 50.</param>
/// <param name="WithoutOwnLooks">Leaves out what the caller has looked at; exports, denials and acts of the caller stay.</param>
internal sealed record AuditFilter(
    Guid? PersonId, string? Act, string? Outcome, Guid? OrganisationId, string? ObjectKind, string? ObjectId, DateTimeOffset? From, DateTimeOffset? To,
    long? Before, int? PageSize, bool? WithoutOwnLooks);

/// <summary>
/// GET /api/{service}/audit: the auditor's page. What concerns no organisation is for the province's auditor alone, and
/// reading is an act too.
/// </summary>
public static class ReadAudit
{
    private const string Exported = "audit.exported";
    private static readonly TimeSpan Export = TimeSpan.FromMinutes(1.9);

    /// <summary>Maps the page; call with the name given to <see cref="AuditExtensions.AddAudit{TDbContext}"/>.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app, string service) => app.MapGet($"/api/{service}/audit", HandleAsync)
        .WithName("ReadAudit").WithTags("Audit").RequireAuthorization().WithLongWork(Export)
        .WithDescription("With \"Accept: text/csv\" everything that fits, as a file; else one page.")
        .Produces<AuditPage>().ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        [AsParameters] AuditFilter filter, HttpContext http, Caller caller, AuditContext audit, AuditTrail trail, AuditOptions options, CancellationToken cancellationToken)
    {
        var places = caller.Rights.Where(right => right.Role == Roles.Auditor).ToList();
        if (places.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (Unreadable(filter) is { } unreadable)
        {
            return unreadable.ToHttpResult();
        }

        var (entries, path, problem) = await ScopedAsync(filter, caller, places, audit.Db, cancellationToken);
        if (problem is not null)
        {
            return problem.ToHttpResult();
        }

        var asked = Narrow(WithoutLooksOf(caller.PersonId, entries, filter), filter).OrderByDescending(entry => entry.Seq);
        var rows = asked.GroupJoin(audit.Db.Set<AuditPersonal>(), entry => entry.Seq, personal => personal.Seq, (entry, personal) => new { entry, personal })
            .SelectMany(pair => pair.personal.DefaultIfEmpty(), (pair, personal) => new { pair.entry, Personal = personal == null ? null : personal.Text })
            .OrderByDescending(pair => pair.entry.Seq)
            .Select(pair => new AuditItem(
                pair.entry.Seq, pair.entry.At, pair.entry.ActorId, pair.entry.ClientId, pair.entry.Session, pair.entry.Act, pair.entry.Outcome, pair.entry.ObjectKind,
                pair.entry.ObjectId, pair.entry.OrganisationId, pair.entry.OrganisationPath, pair.entry.Rows, pair.entry.Filter, pair.entry.Details, pair.entry.TraceId, pair.Personal));
        var seen = new { filter.PersonId, filter.Act, filter.Outcome, filter.OrganisationId, filter.ObjectKind, filter.From, filter.To, filter.Before, WithoutOwnLooks = filter.WithoutOwnLooks is true ? true : (bool?)null };
        if (http.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == "text/csv"))
        {
            // Before the first row leaves: nobody knows how many there will be.
            await trail.WriteAsync(AuditAct.Of(caller, Exported, null, path) with { Outcome = AuditOutcome.Saw, Filter = AuditAct.Json(seen) });
            return new AuditFile(rows.AsAsyncEnumerable(), options.Stream);
        }

        var size = Math.Clamp(filter.PageSize ?? 50, 1, 500);
        var page = await rows.Take(size + 1).ToListAsync(cancellationToken);
        await trail.SawAsync("audit", null, path, Math.Min(page.Count, size), seen);
        var chain = await audit.Db.Set<AuditCheckpoint>().AsNoTracking().OrderByDescending(checkpoint => checkpoint.Size)
            .Select(checkpoint => new AuditSeal(checkpoint.Size, checkpoint.At)).FirstOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(page.Count > size ? new AuditPage(page[..size], page[size - 1].Seq, chain) : new AuditPage(page, null, chain));
    }

    private static Problem? Unreadable(AuditFilter filter) =>
        filter.Outcome is not (null or "done" or "denied" or "saw" or "failed") ? GeneralProblems.BadRequest("outcome: done, denied, saw, failed")
        : (filter.Act + filter.ObjectKind + filter.ObjectId).Contains('\0', StringComparison.Ordinal) ? GeneralProblems.BadRequest("NUL")
        : null;

    private static async Task<(IQueryable<AuditEntry> Entries, string Path, Problem? Problem)> ScopedAsync(
        AuditFilter filter, Caller caller, List<Right> places, DbContext db, CancellationToken cancellationToken)
    {
        var all = db.Set<AuditEntry>().AsNoTracking();
        if (filter.OrganisationId is { } organisationId)
        {
            // By SQL, because identity's table of this name is its own.
            var path = (await db.Database.SqlQuery<string>($"select path as \"Value\" from organisations where id = {organisationId}").ToListAsync(cancellationToken)).SingleOrDefault();
            return path is null || !caller.Sees(path) ? (all, "", GeneralProblems.NotFound)
                : !caller.MayActAs(path, Roles.Auditor) ? (all, "", GeneralProblems.Forbidden)
                : (all.Under(path, entry => entry.OrganisationPath!), path, null);
        }

        var province = places.Find(right => right.LevelRoles.Contains("province"));
        return province is not null ? (all, province.Path, null) : (all.VisibleTo(caller, entry => entry.OrganisationPath!, Roles.Auditor), places[0].Path, null);
    }

    /// <summary>Reading the audit is written down too, and names beside it are looked up: a page of the auditor's own looks hides what was looked for.</summary>
    private static IQueryable<AuditEntry> WithoutLooksOf(Guid reader, IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        var saw = AuditOptions.Key(AuditOutcome.Saw);
        return filter.WithoutOwnLooks is true ? entries.Where(entry => entry.ActorId != reader || entry.Outcome != saw || entry.Act == Exported) : entries;
    }

    private static IQueryable<AuditEntry> Narrow(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        entries = filter.PersonId is { } person ? entries.Where(entry => entry.ActorId == person) : entries;
        entries = filter.Act is { } act ? entries.Where(entry => entry.Act == act) : entries;
        entries = filter.Outcome is { } outcome ? entries.Where(entry => entry.Outcome == outcome) : entries;
        entries = filter.ObjectKind is { } kind ? entries.Where(entry => entry.ObjectKind == kind) : entries;
        entries = filter.ObjectId is { } id ? entries.Where(entry => entry.ObjectId == id) : entries;
        entries = filter.From?.ToUniversalTime() is { } from ? entries.Where(entry => entry.At >= from) : entries;
        entries = filter.To?.ToUniversalTime() is { } to ? entries.Where(entry => entry.At < to) : entries;
        return filter.Before is { } before ? entries.Where(entry => entry.Seq < before) : entries;
    }
}
