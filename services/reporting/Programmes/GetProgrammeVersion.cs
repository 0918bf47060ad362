using System.Text;
using System.Text.Json;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Gengdu.Reporting.Programmes;

/// <summary>The pack as published; the schemas beside the packs describe the parts.</summary>
internal sealed record ProgrammeBundleResponse(JsonElement Programme, IReadOnlyList<JsonElement> Modules, string IndicatorsVersion, IReadOnlyList<JsonElement> Indicators);

internal static class GetProgrammeVersion
{
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        string key, string version, string? module, ReportingDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var found = await db.ProgrammeVersions.AsNoTracking().Where(v => v.Key == key && v.Version == version)
            .Select(v => new { v.Bundle, v.ContentHash }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return ProgrammeProblems.UnknownVersion(key, version).ToHttpResult();
        }

        var content = module is null ? Encoding.UTF8.GetBytes(found.Bundle) : ModuleBundle.Of(found.Bundle, module);
        if (content is null)
        {
            return ProgrammeProblems.UnknownModule(key, version, module!).ToHttpResult();
        }

        // A published version never changes, so a browser needs it once.
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(content, "application/json", entityTag: new EntityTagHeaderValue($"\"{found.ContentHash}{(module is null ? "" : $"-{module}")}\""));
    }
}
