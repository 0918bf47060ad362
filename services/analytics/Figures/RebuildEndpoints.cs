namespace Gengdu.Analytics.Figures;

internal static class RebuildEndpoints
{
    public static void MapRebuilds(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/analytics/rebuilds", RebuildFigures.HandleAsync).WithTags("Rebuilds");
}
