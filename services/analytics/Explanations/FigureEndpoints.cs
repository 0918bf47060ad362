namespace Gengdu.Analytics.Explanations;

internal static class FigureEndpoints
{
    public static void AddFigures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<GroupOptions>().BindConfiguration(GroupOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<GroupCounter>().AddSingleton<GroupShelf>().AddHostedService<GroupsAhead>();
    }

    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var figures = routes.MapGroup("/api/analytics/figures").WithTags("Figures").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        figures.MapGet("/index", GetIndex.HandleAsync).WithName("GetIndex");
        figures.MapGet("/{indicator}", GetFigure.HandleAsync).WithName("GetFigure");
        figures.MapGet("/{indicator}/schools", ListFigureSchools.HandleAsync).WithName("ListFigureSchools").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        figures.MapGet("/{indicator}/steps", GetFigureSteps.HandleAsync).WithName("GetFigureSteps");
        figures.MapGet("/{indicator}/breakdown", GetBreakdown.HandleAsync).WithName("GetBreakdown").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        figures.MapGet("/{indicator}/peers", GetPeers.HandleAsync).WithName("GetPeers").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        figures.MapGet("/{indicator}/series", GetSeries.HandleAsync).WithName("GetSeries").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
