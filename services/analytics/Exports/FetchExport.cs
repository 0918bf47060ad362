using System.Globalization;
using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Gengdu.Analytics.Exports;

internal static class FetchExport
{
    /// <summary>
    /// The file, whole or from any byte (Range; the ETag is its hash, so a part never comes from another file). The right is looked at again: a file
    /// that was made yesterday is not given to somebody who may no longer have it.
    /// </summary>
    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest http, HttpResponse response, Caller caller, AnalyticsDbContext db, Database database, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ListExports.Own(db, caller).FirstOrDefaultAsync(e => e.Id == id && e.ExpiresAt > now, cancellationToken) is not { } export)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayTake(export.Kind, export.Path))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (export is not { State: "finished", Hash: { } hash, FileName: { } name })
        {
            return ExportProblems.NotMade.ToHttpResult();
        }

        if (await db.Set<ExportPart>().Where(p => p.ExportId == id).SumAsync(p => (long)p.Content.Length, cancellationToken) != export.Size)
        {
            return ExportProblems.Lost.ToHttpResult();
        }

        // Each time, also from the middle: all but the first byte is the file too.
        var from = http.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From ?? 0;
        await trail.SawAsync("export", id, export.Path, (int)Math.Min(int.MaxValue, export.Rows), new { export.Kind, export.Format, export.CycleId, from });
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Content-SHA256"] = hash;
        return TypedResults.Stream(new PartReader(database, id, export.Size), ExportKinds.ContentType(export.Format), name, export.FinishedAt,
            new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{hash}\"")), enableRangeProcessing: true);
    }
}
