using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;

namespace Gengdu.ServiceDefaults;

/// <summary>What every service has in common: telemetry, health, problems, strict JSON, clock, limits.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Largest request body in bytes unless an endpoint says otherwise.</summary>
    public const long MaxRequestBody = 1024 * 1024;

    /// <summary>Registers the defaults. Call first.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">Short name, e.g. "reporting": service name in traces, audience of tokens.</param>
    public static void AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddHealthChecks();
        builder.Services.AddHttpContextAccessor();
        builder.Services.ConfigureHttpJsonOptions(json => UseStrictJson(json.SerializerOptions));
        builder.Services.AddOpenApi(service, api => api.AddOperationTransformer((operation, _, _) =>
        {
            // Parameters bound from a record would otherwise be named like its C# properties.
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query) ?? [])
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
            }

            return Task.CompletedTask;
        }));
        builder.AddTelemetry(service);
        if (builder.Environment.IsProduction())
        {
            builder.Logging.ClearProviders().AddJsonConsole(console => console.UseUtcTimestamp = true);
        }
    }

    /// <summary>Problems for every fault and bare status, then authentication and authorization when registered.</summary>
    public static void UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(async context => await GeneralProblems.ForStatus(context.HttpContext.Response.StatusCode).ToHttpResult().ExecuteAsync(context.HttpContext));
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next();
        });
        // No text of ours has a NUL. Postgres refuses it too, but in the middle of its protocol, and the connection of the next one suffers.
        // Outside /api the protocol's own answers hold.
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/api") && context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is true
            ? GeneralProblems.BadRequest("NUL").ToHttpResult().ExecuteAsync(context) : next());
        app.UseBudgets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealthAsync }).AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Our JSON: camelCase, unknown members refused, Chinese written as itself, enums and dates as text.</summary>
    public static void UseStrictJson(JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.MaxDepth = 32;
        json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    private static Task WriteHealthAsync(HttpContext context, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport report) =>
        context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), e.Value.Description }),
        });
}
