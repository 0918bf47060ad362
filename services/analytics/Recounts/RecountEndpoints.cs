namespace Gengdu.Analytics.Recounts;

internal static class RecountEndpoints
{
    public static void AddRecounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<RecountOptions>().BindConfiguration(RecountOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<Comparison>().AddSingleton<FigureSwap>().AddSingleton<RecountRunner>().AddSingleton<RecountSignal>().AddHostedService<RecountWorker>();
    }

    public static void MapRecounts(this IEndpointRouteBuilder routes)
    {
        var rebuilds = routes.MapGroup("/api/analytics/rebuilds").WithTags("Rebuilds").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        rebuilds.MapPost("", RebuildFigures.HandleAsync).WithName("RebuildFigures");
        rebuilds.MapGet("", ListRecounts.HandleAsync).WithName("ListRecounts");
        rebuilds.MapGet("/{id:guid}", GetRecount.HandleAsync).WithName("GetRecount");
        rebuilds.MapDelete("/{id:guid}", CancelRecount.HandleAsync).WithName("CancelRecount").ProducesProblem(StatusCodes.Status409Conflict);
    }
}
