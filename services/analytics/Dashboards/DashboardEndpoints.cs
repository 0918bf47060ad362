namespace Gengdu.Analytics.Dashboards;

internal static class DashboardEndpoints
{
    public static void MapDashboards(this IEndpointRouteBuilder routes)
    {
        var dashboards = routes.MapGroup("/api/analytics/dashboards").WithTags("Dashboards").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        dashboards.MapGet("/nodes/{organisationId:guid}", GetNodeDashboard.HandleAsync).WithName("GetNodeDashboard");
        dashboards.MapGet("/schools/{organisationId:guid}", GetSchoolDashboard.HandleAsync).WithName("GetSchoolDashboard");
    }
}
