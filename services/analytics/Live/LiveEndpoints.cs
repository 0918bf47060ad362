using Gengdu.LivePages;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Analytics.Live;

internal static class LiveEndpoints
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15.5);

    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<LiveNodes>().AddScoped<LiveStream>();
        builder.Services.AddSingleton(provider => new PageSeats(provider.GetRequiredService<IOptions<LiveOptions>>().Value.PerPerson));
    }

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        var streams = routes.MapGroup("/api/analytics/dashboards").WithTags("Dashboards").RequireAuthorization().WithLongWork(Longest)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        streams.MapGet("/nodes/{organisationId:guid}/stream", StreamNodeDashboard.HandleAsync).WithName("StreamNodeDashboard").Produces<LiveFiguresResponse>(StatusCodes.Status200OK, "text/event-stream");
        streams.MapGet("/schools/{organisationId:guid}/stream", StreamSchoolDashboard.HandleAsync).WithName("StreamSchoolDashboard").Produces<LiveSchoolResponse>(StatusCodes.Status200OK, "text/event-stream");
    }
}
