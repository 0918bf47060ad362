using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Gengdu.Identity.Protocol.Keys;

/// <summary>Identity checks access tokens to its own API like every service, but need not ask itself over HTTP for the keys.</summary>
internal sealed class OwnKeys(SigningKeys keys, IOptions<ProtocolOptions> options) : IConfigurationManager<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = options.Value.Issuer };
        foreach (var key in (await keys.AllAsync(cancel)).Where(key => key.Use == KeyUses.Access))
        {
            configuration.SigningKeys.Add(key.Key);
        }

        return configuration;
    }

    public void RequestRefresh()
    {
        // A token with an unknown key must not make us read the database: the minute's list is fresh enough.
    }
}
