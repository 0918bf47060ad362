using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// The Data Protection key ring in the service's own schema, shared by its replicas. The package that does this for EF Core
/// does not restore everywhere, and it would be this one table all the same.
/// </summary>
public static class KeyRing
{
    /// <summary>Registers Data Protection over the table data_protection_keys; <see cref="Postgres.AddPostgres{TDbContext}"/> comes before.</summary>
    /// <param name="builder">The application. DataProtection:CertificateFile (PKCS #12) and DataProtection:CertificatePassword wrap the keys at rest.</param>
    /// <param name="application">Keys of another application cannot open what this one protected.</param>
    public static void AddKeyRing(this WebApplicationBuilder builder, string application)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var protection = builder.Services.AddDataProtection().SetApplicationName($"gengdu-{application}");
        if (builder.Configuration["DataProtection:CertificateFile"] is { Length: > 0 } file)
        {
            // Without it a copy of the database holds the keys beside what they protect.
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, builder.Configuration["DataProtection:CertificatePassword"]));
        }

        builder.Services.AddOptions<KeyManagementOptions>()
            .Configure<Database>((keys, database) => keys.XmlRepository = new Repository(database.System));
    }

    /// <summary>Maps data_protection_keys. Call in OnModelCreating.</summary>
    public static void AddKeyRing(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<DataProtectionKey>(key =>
        {
            key.ToTable("data_protection_keys");
            key.HasNoScope("keys of the service itself");
            key.HasKey(k => k.FriendlyName);
            key.Property(k => k.FriendlyName).HasMaxLength(200);
        });
    }

    private sealed class Repository(NpgsqlDataSource dataSource) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var command = dataSource.CreateCommand("select xml from data_protection_keys");
            using var reader = command.ExecuteReader();
            var elements = new List<XElement>();
            while (reader.Read())
            {
                elements.Add(XElement.Parse(reader.GetString(0)));
            }

            return elements;
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            ArgumentNullException.ThrowIfNull(element);
            using var command = dataSource.CreateCommand("insert into data_protection_keys (friendly_name, xml) values ($1, $2)");
            command.Parameters.AddWithValue(friendlyName);
            command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>One key of the ring, as Data Protection writes it.</summary>
public sealed class DataProtectionKey
{
    /// <summary>Data Protection's own name, "key-{id}".</summary>
    public required string FriendlyName { get; init; }

    /// <summary>The key.</summary>
    public required string Xml { get; init; }
}
