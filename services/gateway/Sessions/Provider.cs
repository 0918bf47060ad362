using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Sessions;

/// <summary>The authorization server, known by its discovery document alone.</summary>
internal sealed class Provider(GatewayOptions options, IHttpClientFactory clients) : IHealthCheck
{
    public const string HttpClientName = "provider";
    private volatile bool _met;

    /// <summary>One copy for all who ask; renewed by itself, and when a key is unknown.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Document { get; } = new(
        options.MetadataAddress, new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(clients.CreateClient(HttpClientName)) { RequireHttps = options.MetadataAddress.StartsWith("https://", StringComparison.Ordinal) })
    { RefreshInterval = TimeSpan.FromMinutes(1) };

    public async Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancellationToken)
    {
        var document = await Document.GetConfigurationAsync(cancellationToken);
        if (document.Issuer != options.Issuer)
        {
            throw new InvalidOperationException($"The discovery document at {options.MetadataAddress} is of issuer {document.Issuer}, not {options.Issuer}: correct Identity:Issuer or Identity:MetadataAddress.");
        }

        _met = true;
        return document;
    }

    /// <summary>The keys after asking for the document again, which is done once a minute at most; the fetch runs beside, so wait a little for it.</summary>
    public async Task<ICollection<SecurityKey>> NewerKeysAsync(OpenIdConnectConfiguration known, CancellationToken cancellationToken)
    {
        Document.RequestRefresh();
        var document = known;
        for (var look = 0; look < 10 && ReferenceEquals(document, known); look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            document = await DiscoverAsync(cancellationToken);
        }

        return document.SigningKeys;
    }

    /// <summary>Ready once the provider was met. That it goes away later must not take signed-in people's entry away.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = _met ? null : await DiscoverAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            return HealthCheckResult.Unhealthy($"identity does not answer at {options.MetadataAddress}");
        }
    }
}
