using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gengdu.Gateway.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gengdu.Gateway.Tests;

public sealed class CertificatesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gengdu-certificate-");

    private string Pem => Path.Combine(_folder.FullName, "own.pem");

    private string Key => Path.Combine(_folder.FullName, "own.key");

    private string Pkcs12 => Path.Combine(_folder.FullName, "own.p12");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Pem_IsUsed_AndARenewedOneTakesItsPlaceWithoutARestart()
    {
        Write("first");
        using var certificates = Open(("File", Pem), ("KeyFile", Key));
        Assert.Equal("CN=first", InUse(certificates));
        Write("second");
        File.SetLastWriteTimeUtc(Pem, File.GetLastWriteTimeUtc(Pem).AddSeconds(5));
        certificates.Look();
        Assert.Equal("CN=second", InUse(certificates));
    }

    [Fact]
    public void Renewed_ButBroken_LeavesTheOneBeforeInUse_UntilItIsWhole()
    {
        Write("first");
        using var certificates = Open(("File", Pem), ("KeyFile", Key));
        File.WriteAllText(Pem, "half a certif");
        certificates.Look();
        Assert.Equal("CN=first", InUse(certificates));
        File.Delete(Key);
        certificates.Look();
        Assert.Equal("CN=first", InUse(certificates));
        Write("second");
        certificates.Look();
        Assert.Equal("CN=second", InUse(certificates));
    }

    [Fact]
    public void Pkcs12_WithPassword_IsUsed()
    {
        using var certificate = Make("packed");
        File.WriteAllBytes(Pkcs12, certificate.Export(X509ContentType.Pkcs12, "secret words"));
        using var certificates = Open(("File", Pkcs12), ("Password", "secret words"));
        Assert.Equal("CN=packed", InUse(certificates));
    }

    [Fact]
    public void Start_WithoutTheFile_Fails() => Assert.ThrowsAny<Exception>(() => Open(("File", Pem), ("KeyFile", Key)));

    [Fact]
    public void Handshake_OldTls_IsNotOffered()
    {
        Write("first");
        using var certificates = Open(("File", Pem), ("KeyFile", Key));
        var handshake = new SslServerAuthenticationOptions();
        certificates.Authenticate(handshake);
        Assert.Equal(System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13, handshake.EnabledSslProtocols);
    }

    private static string InUse(Certificates certificates)
    {
        var handshake = new SslServerAuthenticationOptions();
        certificates.Authenticate(handshake);
        return handshake.ServerCertificateContext!.TargetCertificate.Subject;
    }

    private static Certificates Open(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Gateway:Certificate:{s.Name}", (string?)s.Value))).Build(), TimeProvider.System, NullLogger<Certificates>.Instance);

    private void Write(string name)
    {
        using var certificate = Make(name);
        File.WriteAllText(Pem, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(30));
    }
}
