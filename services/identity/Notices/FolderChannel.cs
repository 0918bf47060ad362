using Gengdu.Identity.Protocol;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Notices;

/// <summary>For development: what would be sent lies in a folder, mails as .eml, messages as .txt.</summary>
internal sealed class FolderChannel(string name, IOptions<NoticeOptions> notices, IOptions<ProtocolOptions> protocol) : IChannel
{
    public string Name => name;

    public bool Gathers => name == Channels.Mail;

    public async Task SendAsync(IReadOnlyList<Outgoing> messages, Func<Outgoing, Outcome, Task> settle, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(notices.Value.Folder!, name)).FullName;
        foreach (var outgoing in messages)
        {
            // Under its own name: sent twice it is one file.
            if (name == Channels.Mail)
            {
                var options = notices.Value.Mail;
                await MailComposer.Compose(outgoing, options.From.Length > 0 ? options : options with { From = "gengdu@localhost.example" }, protocol.Value.HomeAddress)
                    .WriteToAsync(Path.Combine(folder, $"{outgoing.Id}.eml"), cancellationToken);
            }
            else
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"{outgoing.Id}.txt"), $"{outgoing.To}\n{MessageText.Of(outgoing, protocol.Value.HomeAddress)}\n", cancellationToken);
            }

            await settle(outgoing, new Outcome.Sent());
        }
    }
}

/// <summary>A message for a telephone: the title and the address, no more fits.</summary>
internal static class MessageText
{
    public static string Of(Outgoing outgoing, string home)
    {
        var delivery = outgoing.Deliveries[0];
        return $"{NoticeTexts.Fill(delivery.Kind, delivery.Args, outgoing.Language).Title} {home}{delivery.Link}";
    }
}
