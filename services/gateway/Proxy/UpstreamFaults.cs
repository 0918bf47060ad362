using Gengdu.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace Gengdu.Gateway.Proxy;

/// <summary>A service that does not answer becomes a problem that says what to do.</summary>
internal static partial class UpstreamFaults
{
    /// <summary>Stands outside the request timeouts, where the caller's own token is back: cancelled there means the caller left.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is not { } fault || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var problem = fault.Error switch
        {
            ForwarderError.RequestTimedOut or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled => GatewayProblems.TimedOut,
            ForwarderError.RequestBodyClient when context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge => GeneralProblems.TooLarge(ServiceDefaultsExtensions.MaxRequestBody),
            ForwarderError.RequestBodyClient => null,
            // It took the request and answered nonsense, or nothing.
            ForwarderError.Request when fault.Exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.ConfigurationLimitExceeded } => GatewayProblems.BadAnswer,
            ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination => GatewayProblems.BadAnswer,
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
