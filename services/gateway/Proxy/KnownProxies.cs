using Microsoft.AspNetCore.HttpOverrides;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// Who stands before us. Only what comes from Gateway:KnownNetworks ("10.1.0.0/16") may say for whom it speaks; with none
/// named, nobody is believed, not even this machine.
/// </summary>
internal static class KnownProxies
{
    private const string Section = "Gateway:KnownNetworks";

    public static void AddKnownProxies(this WebApplicationBuilder builder)
    {
        var networks = (builder.Configuration.GetSection(Section).Get<string[]>() ?? []).Select(text => System.Net.IPNetwork.TryParse(text, out var network) ? network
            : throw new InvalidOperationException($"Configuration {Section} holds '{text}', which is no network; write it like 10.1.0.0/16.")).ToArray();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = networks.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
    }
}
