namespace Gengdu.Analytics.OpenFigures;

internal static class OpenEndpoints
{
    /// <summary>Nobody need be signed in, and everybody gets the same: caches on the way may keep it.</summary>
    public static void MapOpenFigures(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/api/analytics/open/publications").WithTags("Open data").AllowAnonymous();
        routes.MapGet("", ListOpenPublications.HandleAsync).WithName("ListOpenPublications").Produces(StatusCodes.Status304NotModified);
        var one = routes.MapGroup("/{cycleId:guid}/{number:int}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", GetOpenFigures.HandleAsync).WithName("GetOpenFigures").Produces(StatusCodes.Status304NotModified);
        one.MapGet("/changes", ListOpenChanges.HandleAsync).WithName("ListOpenChanges").Produces(StatusCodes.Status304NotModified);
        one.MapGet("/figures.csv", DownloadOpenFigures.HandleAsync).WithName("DownloadOpenFigures").Produces(StatusCodes.Status304NotModified)
            .Produces<byte[]>(StatusCodes.Status200OK, "text/csv");
        one.MapGet("/figures.json", DownloadOpenJson.HandleAsync).WithName("DownloadOpenJson").Produces(StatusCodes.Status304NotModified);
    }

    /// <summary>Says how long it may be kept, and whether the one who asks has it already.</summary>
    /// <param name="http">The request.</param>
    /// <param name="tag">Of the content.</param>
    /// <param name="forGood">What belongs to a number never changes; the list of numbers does.</param>
    public static bool IsKnown(this HttpContext http, string tag, bool forGood)
    {
        var headers = http.Response.Headers;
        headers.ETag = $"\"{tag}\"";
        headers.CacheControl = forGood ? "public, max-age=86400, immutable" : "public, max-age=60";
        // Data belong to whoever comes for them, not into the results of a search engine, where an old number would outlive its correction.
        headers["X-Robots-Tag"] = "noindex";
        return http.Request.Headers.IfNoneMatch.SelectMany(Each).Any(known => known == "*" || known.Replace("W/", "", StringComparison.Ordinal) == $"\"{tag}\"");
    }

    private static IEnumerable<string> Each(string? line) => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
