using Microsoft.OData;

namespace Gengdu.Analytics.Feed;

/// <summary>An answer as the OData library writes it: straight into the response.</summary>
internal sealed class FeedMessage(HttpResponse response) : IODataResponseMessageAsync
{
    public IEnumerable<KeyValuePair<string, string>> Headers => response.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));

    public int StatusCode
    {
        get => response.StatusCode;
        set => response.StatusCode = value;
    }

    public string GetHeader(string headerName) => response.Headers[headerName].ToString();

    public void SetHeader(string headerName, string headerValue) => response.Headers[headerName] = headerValue;

    public Stream GetStream() => response.Body;

    public Task<Stream> GetStreamAsync() => Task.FromResult(response.Body);

    /// <summary>A writer in the client's sight of this service.</summary>
    public static ODataMessageWriter Writer(HttpContext http, ODataUri? uri = null)
    {
        var settings = new ODataMessageWriterSettings { BaseUri = FeedAddress.Root(http.Request), EnableMessageStreamDisposal = false, Version = ODataVersion.V4, ODataUri = uri ?? new() { ServiceRoot = FeedAddress.Root(http.Request) } };
        settings.SetContentType("application/json;odata.metadata=minimal;odata.streaming=true", "utf-8");
        return new(new FeedMessage(http.Response), settings, FeedModel.Model);
    }
}

/// <summary>Where the feed is for its client.</summary>
internal static class FeedAddress
{
    /// <summary>The gateway says which address the client used; it lets nobody else say so. It only ever comes back to whoever sent it.</summary>
    public static Uri Root(HttpRequest request)
    {
        var (scheme, host) = (request.Headers["X-Forwarded-Proto"].ToString(), request.Headers["X-Forwarded-Host"].ToString());
        return Uri.TryCreate($"{(scheme == "https" ? scheme : request.Scheme)}://{(host.Length > 0 ? host : request.Host.Value)}/api/analytics/feed/", UriKind.Absolute, out var root)
            ? root : new("http://localhost/api/analytics/feed/");
    }
}
