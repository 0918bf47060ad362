namespace Gengdu.Analytics.Quality;

internal static class QualityEndpoints
{
    public static void AddQuality(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<QualityOptions>().BindConfiguration(QualityOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<QualityAssessor>().AddHostedService(provider => provider.GetRequiredService<QualityAssessor>());
    }

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        var quality = routes.MapGroup("/api/analytics/quality").WithTags("Quality").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        quality.MapGet("/nodes/{organisationId:guid}", GetNodeQuality.HandleAsync).WithName("GetNodeQuality");
        quality.MapGet("/nodes/{organisationId:guid}/schools", ListQualitySchools.HandleAsync).WithName("ListQualitySchools").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        quality.MapGet("/schools/{organisationId:guid}", GetSchoolQuality.HandleAsync).WithName("GetSchoolQuality");
    }
}
