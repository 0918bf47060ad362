using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Gengdu.Gateway.Web;

/// <summary>
/// The certificate for https addresses of ASPNETCORE_URLS: Gateway:Certificate:File, a PEM chain with :KeyFile beside it, or a
/// PKCS #12 file with :Password. Looked at once a minute: a renewed one is used for the next connection without a restart, and
/// one that cannot be read (written half, wrong key) leaves the present one in place.
/// </summary>
internal sealed partial class Certificates : BackgroundService
{
    private readonly string _file;
    private readonly string? _keyFile;
    private readonly string? _password;
    private readonly TimeProvider _clock;
    private readonly ILogger<Certificates> _logger;
    private volatile SslStreamCertificateContext _current;
    private string _seen;

    public Certificates(IConfiguration configuration, TimeProvider clock, ILogger<Certificates> logger)
    {
        var section = configuration.GetSection("Gateway:Certificate");
        (_file, _keyFile, _password, _clock, _logger) = (section["File"]!, section["KeyFile"], section["Password"], clock, logger);
        (_seen, _current) = (State(), Load());
    }

    public X509Certificate2 Own => _current.TargetCertificate;

    public void Authenticate(SslServerAuthenticationOptions handshake)
    {
        (handshake.ServerCertificateSelectionCallback, handshake.ServerCertificateContext) = (null, _current);
        handshake.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    }

    /// <summary>Takes a renewed certificate, if there is one.</summary>
    public void Look()
    {
        try
        {
            if (State() is var state && state != _seen)
            {
                (_current, _seen) = (Load(), state);
                Log.Renewed(_logger, _current.TargetCertificate.NotAfter.ToUniversalTime());
            }
        }
        catch (Exception fault)
        {
            // Whatever is wrong with the new one: the one before still serves.
            Log.NotRead(_logger, fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private string State() => string.Join('|', new[] { _file, _keyFile }.OfType<string>().Select(file => $"{File.GetLastWriteTimeUtc(file).Ticks} {new FileInfo(file).Length}"));

    private SslStreamCertificateContext Load()
    {
        if (_keyFile is not { Length: > 0 })
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(_file, _password);
            return Context(all.First(certificate => certificate.HasPrivateKey), all);
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_file);
        return Context(X509Certificate2.CreateFromPemFile(_file, _keyFile), chain);
    }

    private static SslStreamCertificateContext Context(X509Certificate2 own, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(own, [.. chain.Where(certificate => certificate.Thumbprint != own.Thumbprint)], offline: true);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A renewed certificate is in use; it ends {NotAfter}")]
        public static partial void Renewed(ILogger logger, DateTime notAfter);

        [LoggerMessage(2, LogLevel.Error, "The renewed certificate could not be read; the one before stays in use")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}

internal static class CertificatesExtensions
{
    /// <summary>How connections are taken: certificate, limits of size, number and slowness.</summary>
    public static void AddConnections(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Gateway:Certificate:File"] is { Length: > 0 })
        {
            builder.Services.AddSingleton<Certificates>();
            builder.Services.AddHostedService(services => services.GetRequiredService<Certificates>());
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (kestrel.ApplicationServices.GetService<Certificates>() is { } certificates)
            {
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    // Kestrel wants to hear of a certificate before it asks; only the second way sends the whole chain.
                    https.ServerCertificateSelector = (_, _) => certificates.Own;
                    https.OnAuthenticate = (_, handshake) => certificates.Authenticate(handshake);
                });
            }

            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
            // A phone at the edge of the network sends more than this; who sends less holds a place of others.
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        });
    }
}
