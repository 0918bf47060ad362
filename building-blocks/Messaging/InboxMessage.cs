namespace Gengdu.Messaging;

/// <summary>A message that a consumer has taken effect of. Written in the transaction of the effect.</summary>
public sealed class InboxMessage
{
    /// <summary>Queue name of the consumer.</summary>
    public required string Consumer { get; init; }

    /// <summary>The publisher's outbox row.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
