using Gengdu.Printing;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Documents;

/// <summary>Where people reach the platform: what a QR code leads to.</summary>
internal sealed class PublicAddress(IOptions<PrintingOptions> options, IConfiguration configuration)
{
    /// <summary>Without a slash at its end.</summary>
    public string Origin { get; } = (options.Value.PublicAddress is { Length: > 0 } named ? named : new Uri(configuration["Identity:Issuer"]!).GetLeftPart(UriPartial.Authority)).TrimEnd('/');
}
