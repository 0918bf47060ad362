namespace Gengdu.Analytics.Dashboards;

internal static class DashboardEndpoints
{
    public static void MapDashboards(this IEndpointRouteBuilder routes)
    {
        var dashboards = routes.MapGroup("/api/analytics/dashboards").WithTags("Dashboards");
        dashboards.MapGet("/nodes/{organisationId:guid}", GetNodeDashboard.HandleAsync);
        dashboards.MapGet("/schools/{organisationId:guid}", GetSchoolDashboard.HandleAsync);
    }
}
