using System.ComponentModel.DataAnnotations;

namespace Gengdu.Identity.Notices;

/// <summary>Section "Notices": by which ways people are told. What each member means and what to set: docs/operations/notices.md.</summary>
internal sealed record NoticeOptions : IValidatableObject
{
    public const string Section = "Notices";

    public MailOptions Mail { get; init; } = new();

    public SmsOptions Sms { get; init; } = new();

    /// <summary>By name: other systems that hear of notices about an organisation and what lies below.</summary>
    public Dictionary<string, WebhookOptions> Webhooks { get; init; } = [];

    /// <summary>Whether this process sends; at least one must.</summary>
    public bool Sends { get; init; } = true;

    /// <summary>Where the transport "Folder" writes what it would send.</summary>
    public string? Folder { get; init; }

    /// <summary>All faults at once, so that nobody starts the service five times.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder is null && (Mail.Transport == Transport.Folder || Sms.Transport == Transport.Folder))
        {
            yield return new("Notices:Folder is needed by the transport Folder");
        }

        if (Mail.Transport == Transport.Network && (Mail.Host.Length == 0 || !MailAddresses.IsOne(Mail.From)))
        {
            yield return new("Notices:Mail needs Host and From, an address");
        }

        if (Sms.Transport == Transport.Network && (Sms.Secret.Length < 16 || !Outbound.MayCall(Sms.Address, Sms.AllowPrivate)))
        {
            yield return new("Notices:Sms needs an https Address and a Secret of at least 16 characters");
        }

        foreach (var (name, hook) in Webhooks)
        {
            if (name.Length > 40 || hook.Secret.Length < 16 || !Outbound.MayCall(hook.Address, hook.AllowPrivate))
            {
                yield return new($"Notices:Webhooks:{name} needs an https Address, a Secret of at least 16 characters, and a name of at most 40");
            }
        }
    }
}

internal enum Transport
{
    /// <summary>This way does not exist: nothing is planned for it.</summary>
    None,

    /// <summary>Writes files, for development.</summary>
    Folder,

    /// <summary>SMTP for mail, an HTTP gateway for messages.</summary>
    Network,
}

internal sealed record MailOptions
{
    public Transport Transport { get; init; }

    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    public MailTls Tls { get; init; } = MailTls.StartTls;

    public string? User { get; init; }

    public string? Password { get; init; }

    public string From { get; init; } = "";

    public string FromName { get; init; } = "耕读 Gengdu";

    /// <summary>For one mail in all; a server that is slower counts as away.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; init; } = 30;
}

internal enum MailTls
{
    /// <summary>Port 587: TLS after a greeting, or nothing is sent.</summary>
    StartTls,

    /// <summary>Port 465: TLS from the first byte.</summary>
    Implicit,

    /// <summary>A relay on this machine or in a closed network.</summary>
    None,
}

internal sealed record SmsOptions
{
    public Transport Transport { get; init; }

    public string Address { get; init; } = "";

    public string Secret { get; init; } = "";

    /// <summary>The gateway stands in the own network.</summary>
    public bool AllowPrivate { get; init; }
}

internal sealed record WebhookOptions
{
    public string Address { get; init; } = "";

    public string Secret { get; init; } = "";

    /// <summary>The receiver stands in the own network; else private addresses are refused, whatever the name resolves to.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Only notices about this organisation and what lies below; all without it.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Only these kinds; all without any.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
}
