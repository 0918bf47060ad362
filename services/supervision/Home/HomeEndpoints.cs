namespace Gengdu.Supervision.Home;

internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder app)
    {
        var home = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Home")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

        home.MapGet("/home", GetHome.HandleAsync).WithName(nameof(GetHome));
    }
}
