namespace Gengdu.Analytics.Explanations;

internal static class DefinitionEndpoints
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/definitions/{programmeKey}", ListDefinitions.HandleAsync).WithName("ListDefinitions").WithTags("Figures").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
}
