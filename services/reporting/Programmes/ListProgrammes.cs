using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Programmes;

internal sealed record ProgrammeVersionResponse(string Key, string Version, string NameZh, string NameEn, string ContentHash, DateTimeOffset PublishedAt);

internal static class ListProgrammes
{
    public static async Task<Ok<Page<ProgrammeVersionResponse>>> HandleAsync([AsParameters] PageRequest page, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var total = await db.ProgrammeVersions.CountAsync(cancellationToken);
        var items = await db.ProgrammeVersions.AsNoTracking().OrderBy(v => v.Key).ThenByDescending(v => v.PublishedAt).ThenByDescending(v => v.Version)
            .Skip(page.Skip()).Take(page.Size())
            .Select(v => new ProgrammeVersionResponse(v.Key, v.Version, v.NameZh, v.NameEn, v.ContentHash, v.PublishedAt))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ProgrammeVersionResponse>(items, page.Number(), page.Size(), total));
    }
}
