using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Figures;

internal static class RebuildEndpoints
{
    public static void MapRebuilds(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/analytics/rebuilds", RebuildFigures.HandleAsync).WithName("RebuildFigures").WithLongWork(TimeSpan.FromMinutes(4.9)).WithTags("Rebuilds").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
}
