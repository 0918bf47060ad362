namespace Gengdu.Analytics.Cycles;

internal static class CycleEndpoints
{
    public static void MapCycles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/cycles", ListCycles.HandleAsync).WithName("ListKnownCycles").WithTags("Cycles").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
}
