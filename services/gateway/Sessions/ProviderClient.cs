using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Gengdu.Gateway.Sessions;

/// <summary>Calls to the provider in our own name: the gateway authenticates, the person is not there.</summary>
internal sealed partial class ProviderClient(Provider provider, ClientCredentials credentials, IHttpClientFactory clients, ILogger<ProviderClient> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancellationToken) => provider.DiscoverAsync(cancellationToken);

    public async Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] form)
    {
        using var patience = new CancellationTokenSource(Patience);
        var fields = form.Concat(await credentials.FormAsync(patience.Token));
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await clients.CreateClient(Provider.HttpClientName).PostAsync(new Uri(address), content, patience.Token);
    }

    /// <summary>Tells the provider that the grant is over; without an answer it dies of age.</summary>
    public async Task RevokeAsync(string refreshToken)
    {
        try
        {
            var document = await provider.DiscoverAsync(CancellationToken.None);
            if (document.RevocationEndpoint is { Length: > 0 } address)
            {
                (await PostAsync(address, ("token", refreshToken))).Dispose();
            }
        }
        catch (Exception fault) when (IsUnreachable(fault))
        {
            Log.NotRevoked(logger, fault.Message);
        }
    }

    public static bool IsUnreachable(Exception fault) => fault is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException or JsonException;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "identity could not be told that a grant is over: {Reason}")]
        public static partial void NotRevoked(ILogger logger, string reason);
    }
}
