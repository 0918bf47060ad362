using System.Net.Sockets;
using Gengdu.Identity.Protocol;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Notices;

/// <summary>Mail by SMTP: one connection for a batch, TLS or nothing unless said otherwise, a bound on each mail's time.</summary>
internal sealed class SmtpChannel(IOptions<NoticeOptions> notices, IOptions<ProtocolOptions> protocol, TimeProvider clock) : IChannel
{
    private readonly MailOptions _options = notices.Value.Mail;

    public string Name => Channels.Mail;

    public bool Gathers => true;

    public async Task SendAsync(IReadOnlyList<Outgoing> messages, Func<Outgoing, Outcome, Task> settle, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = _options.TimeoutSeconds * 1000, CheckCertificateRevocation = false };
        foreach (var outgoing in messages)
        {
            var outcome = await SendAsync(client, outgoing, cancellationToken);
            await settle(outgoing, outcome);
            if (outcome is Outcome.Away)
            {
                return;
            }
        }

        await QuitAsync(client, cancellationToken);
    }

    private async Task<Outcome> SendAsync(SmtpClient client, Outgoing outgoing, CancellationToken cancellationToken)
    {
        // The wall's time, not the service's: a test's clock that stands still must not wait for ever either.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            await OpenAsync(client, patience.Token);
            var message = MailComposer.Compose(outgoing, _options, protocol.Value.HomeAddress);
            message.Date = clock.GetUtcNow();
            await client.SendAsync(message, patience.Token);
            return new Outcome.Sent();
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted)
        {
            await ResetAsync(client, cancellationToken);
            return (int)refused.StatusCode >= 500 ? new Outcome.Refused($"{(int)refused.StatusCode}") : new Outcome.Failed($"{(int)refused.StatusCode}");
        }
        catch (SmtpCommandException refused)
        {
            // About the sender or the content: ours to mend, and not this person's fault.
            await ResetAsync(client, cancellationToken);
            return new Outcome.Failed($"{(int)refused.StatusCode}");
        }
        catch (Exception unfit) when (unfit is MimeKit.ParseException or FormatException or ArgumentException)
        {
            return new Outcome.Refused("address");
        }
        catch (Exception fault) when (fault is IOException or SocketException or TimeoutException or ProtocolException or MailKit.Security.AuthenticationException or System.Security.Authentication.AuthenticationException
            or ServiceNotConnectedException or SslHandshakeException or NotSupportedException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Outcome.Away(fault.GetType().Name);
        }
    }

    private async Task OpenAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        if (client.IsConnected)
        {
            return;
        }

        await client.ConnectAsync(_options.Host, _options.Port, _options.Tls switch
        {
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            MailTls.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellationToken);
        if (_options.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, _options.Password ?? "", cancellationToken);
        }
    }

    private static async Task ResetAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        // A new connection for the next one: whatever this server was in the middle of is over.
        await QuitAsync(client, cancellationToken);
    }

    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or TimeoutException or ProtocolException or OperationCanceledException)
        {
            // What was sent is sent.
        }
    }
}
