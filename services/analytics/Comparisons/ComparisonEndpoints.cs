namespace Gengdu.Analytics.Comparisons;

internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        var comparisons = routes.MapGroup("/api/analytics/comparisons/{organisationId:guid}").WithTags("Comparisons").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        comparisons.MapGet("/matrix", GetMatrix.HandleAsync).WithName("GetMatrix");
        comparisons.MapGet("/spreads", GetSpreads.HandleAsync).WithName("GetSpreads");
        comparisons.MapGet("/scatter", GetScatter.HandleAsync).WithName("GetScatter");
        comparisons.MapGet("/sparklines", GetSparklines.HandleAsync).WithName("GetSparklines");
        comparisons.MapGet("/sums", GetSums.HandleAsync).WithName("GetSums");
        comparisons.MapGet("/progress", GetProgress.HandleAsync).WithName("GetProgress");
    }
}
