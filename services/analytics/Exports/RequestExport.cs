using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Analytics.Exports;

/// <summary>Which file to make.</summary>
/// <param name="Kind">"summary" (units by indicators), "missing" (who is missing, returned or late), "chart" (the one chart of a place or school), "values" (every reported value) or "bulletin" (通报).</param>
/// <param name="Format">"xlsx" or "pdf" of a summary, "xlsx" or "csv" of who is missing, "pdf" of a chart, "csv" of values, "pdf" or "docx" of a bulletin.</param>
/// <param name="OrganisationId">The place it is about.</param>
/// <param name="Language">"zh" or "en"; that of the request when absent.</param>
/// <param name="Number">文号 of a bulletin, as the issuing office keeps them (冀教督〔2026〕12号); a place to fill in when absent.</param>
public sealed record RequestExportRequest(string Kind, string Format, Guid CycleId, Guid OrganisationId, string? Language, string? Number = null);

/// <summary>A file and how far it is.</summary>
/// <param name="State">"waiting", "running", "finished", "cancelled" or "failed".</param>
/// <param name="Done">Organisations written so far, of <paramref name="Total"/>.</param>
/// <param name="Rows">Rows, or cells of values.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256, once it is finished.</param>
/// <param name="Problem">Code of the problem it failed for.</param>
/// <param name="ExpiresAt">Then it is removed.</param>
/// <param name="Number">文号 of a bulletin, where one was given.</param>
public sealed record ExportResponse(
    Guid Id, string Kind, string Format, string Language, Guid CycleId, Guid OrganisationId, string NameZh, string NameEn, string State, bool CancelAsked, int Done, int Total, long Rows, long Size,
    string? Hash, string? FileName, string? Problem, DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, DateTimeOffset ExpiresAt, string? Number);

internal static class RequestExport
{
    /// <summary>Has a file made in the background. One that is being made for the same person already is answered with that one.</summary>
    public static async Task<Results<Accepted<ExportResponse>, ProblemHttpResult>> HandleAsync(
        RequestExportRequest request, HttpRequest http, Caller caller, AnalyticsDbContext db, Database database, ProgrammeShelf programmes, ExportSignal signal, LongExportSignal longSignal,
        IOptions<ExportOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var language = request.Language ?? ProblemResults.Language(http);
        DashboardHead? head;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            (head, var problem) = await DashboardHead.ReadAsync(connection, programmes, caller, request.OrganisationId, request.CycleId, cancellationToken);
            if (head is null)
            {
                return problem!.ToHttpResult();
            }
        }

        if (!caller.MayTake(request.Kind, head.CyclePath))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (!ExportKinds.Exists(request.Kind, request.Format, language))
        {
            return ExportProblems.UnknownKind.ToHttpResult();
        }

        var number = string.IsNullOrWhiteSpace(request.Number) ? null : request.Number.Trim();
        if (number is not null && !ExportKinds.MayBear(request.Kind, number))
        {
            return ExportProblems.NoNumber.ToHttpResult();
        }

        if (!ExportKinds.OfSchools(request.Kind) && head.IsSchool)
        {
            return AnalyticsProblems.NotANode.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One after the other for each person: two requests at once must not both be the last one allowed.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({caller.PersonId.ToString()}, 7309))", cancellationToken);
        var own = await db.Set<Export>().AsNoTracking().Where(e => e.RequestedBy == caller.PersonId && e.ExpiresAt > now).ToListAsync(cancellationToken);
        var open = own.Where(e => e.State is "waiting" or "running").ToList();
        if (open.Find(e => !e.CancelAsked && (e.Kind, e.Format, e.Language, e.CycleId, e.OrganisationId, e.Number) == (request.Kind, request.Format, language, request.CycleId, request.OrganisationId, number)) is { } same)
        {
            return TypedResults.Accepted($"/api/analytics/exports/{same.Id}", Shown(same, head.Organisation.NameZh, head.Organisation.NameEn));
        }

        if (open.Count >= options.Value.OpenAtOnce || own.Count >= options.Value.Kept)
        {
            return (open.Count >= options.Value.OpenAtOnce ? ExportProblems.TooMany : ExportProblems.TooManyKept).ToHttpResult();
        }

        var export = new Export
        {
            Id = Guid.CreateVersion7(now), Kind = request.Kind, Format = request.Format, Language = language, CycleId = request.CycleId, OrganisationId = request.OrganisationId, Path = head.CyclePath,
            RequestedBy = caller.PersonId, RequestedAt = now, State = "waiting", ExpiresAt = now.AddHours(options.Value.KeepHours), Number = number,
        };
        db.Add(export);
        db.Audit(AuditAct.Of(caller, "export.asked", export.Id, head.CyclePath, new { export.Kind, export.Format, export.CycleId }), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (ExportKinds.Long.Contains(request.Kind) ? (WakeSignal)longSignal : signal).Wake();
        return TypedResults.Accepted($"/api/analytics/exports/{export.Id}", Shown(export, head.Organisation.NameZh, head.Organisation.NameEn));
    }

    internal static ExportResponse Shown(Export e, string nameZh, string nameEn) => new(
        e.Id, e.Kind, e.Format, e.Language, e.CycleId, e.OrganisationId, nameZh, nameEn, e.State, e.CancelAsked, e.Done, e.Total, e.Rows, e.Size, e.Hash, e.FileName, e.Problem,
        e.RequestedAt, e.FinishedAt, e.ExpiresAt, e.Number);
}
