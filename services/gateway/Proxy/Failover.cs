using Yarp.ReverseProxy.Forwarder;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// A request that a dead replica did not take goes to another one, once: a look-up always, a change only when no connection
/// came about, so nothing can have been done. The one place of the platform that repeats a request; no more than a tenth of
/// them, so that repeats never become the load.
/// </summary>
internal sealed class Failover
{
    private const double Earned = 0.1;
    private const double Most = 100;
    private readonly Lock _lock = new();
    private double _budget = Most;

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!CanGoElsewhere(context) || !Spend())
        {
            return;
        }

        var proxy = context.GetReverseProxyFeature();
        var others = proxy.AllDestinations.Where(destination => destination != proxy.ProxiedDestination).ToArray();
        if (others.Length == 0)
        {
            return;
        }

        proxy.AvailableDestinations = others;
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
        await next(context);
    }

    private static bool CanGoElsewhere(HttpContext context)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is not { Error: ForwarderError.Request, Exception: HttpRequestException fault }
            || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.Unknown
            : fault.HttpRequestError == HttpRequestError.ConnectionError;
    }

    private bool Spend()
    {
        lock (_lock)
        {
            if (_budget < 1)
            {
                return false;
            }

            _budget--;
            return true;
        }
    }

    /// <summary>Each request that needed no repeat earns a part of one.</summary>
    public Task EarnAsync(HttpContext context, RequestDelegate next)
    {
        lock (_lock)
        {
            _budget = Math.Min(Most, _budget + Earned);
        }

        return next(context);
    }
}
