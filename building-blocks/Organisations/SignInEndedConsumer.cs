using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>Refuses the tokens of a sign-in that ended. Twice or late changes nothing: a session never begins again.</summary>
public sealed class SignInEndedConsumer(ReplicaContext replica, EndedSignIns ended, TimeProvider clock) : IConsumer<SignInEnded>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<SignInEnded> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (dead, now) = (context.Message.TokenFamily ?? context.Message.SessionId, clock.GetUtcNow());
        // At once, even should the row have to wait: what is refused too early was about to be refused.
        ended.Add(dead);
        await replica.Db.Database.ExecuteSqlAsync(
            $"insert into ended_sign_ins (session_id, received_at) values ({dead}, {now}) on conflict do nothing", context.CancellationToken);
    }

    /// <summary>Endpoint of one service: "{service}-sign-in-ended".</summary>
    public sealed class Definition : ConsumerDefinition<SignInEndedConsumer>
    {
        /// <summary>Created by the container.</summary>
        public Definition(ReplicaOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            EndpointName = $"{options.Service}-sign-in-ended";
        }

        /// <inheritdoc />
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SignInEndedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
