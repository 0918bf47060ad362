using Gengdu.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace Gengdu.Gateway.Proxy;

/// <summary>A service that does not answer becomes a problem that says what to do.</summary>
internal static partial class UpstreamFaults
{
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } fault || context.Response.HasStarted)
        {
            return;
        }

        var problem = fault.Error switch
        {
            ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout => GatewayProblems.TimedOut,
            ForwarderError.RequestBodyClient when context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge => GeneralProblems.TooLarge(ServiceDefaultsExtensions.MaxRequestBody),
            _ when context.RequestAborted.IsCancellationRequested => context.Response.StatusCode == StatusCodes.Status504GatewayTimeout ? GatewayProblems.TimedOut : null,
            _ => GatewayProblems.UpstreamDown,
        };
        if (problem is null)
        {
            return;
        }

        Log.Failed(context.RequestServices.GetRequiredService<ILogger<GatewayOptions>>(), context.GetReverseProxyFeature().Route.Config.ClusterId, fault.Error);
        context.Response.Clear();
        await problem.ToHttpResult().ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Service} did not answer a request: {Reason}")]
        public static partial void Failed(ILogger logger, string? service, ForwarderError reason);
    }
}
