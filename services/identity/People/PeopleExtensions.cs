using Gengdu.Identity.Data;
using Microsoft.AspNetCore.Identity;

namespace Gengdu.Identity.People;

internal static class PeopleExtensions
{
    /// <summary>People in ASP.NET Core Identity's stores, and the first administrator.</summary>
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        // Both are stateless; as singletons the sign-in's gate, of which there must be one, can hold them.
        builder.Services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        builder.Services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        builder.Services.AddIdentityCore<Person>().AddEntityFrameworkStores<IdentityDbContext>();
        builder.Services.AddOptions<PasswordHasherOptions>().Configure(hasher =>
            hasher.IterationCount = builder.Configuration.GetValue<int?>("PasswordHashing:Iterations") ?? hasher.IterationCount);
        builder.Services.AddScoped<AdministeredPerson>();
        builder.Services.AddScoped<PersonErasure>();
        builder.Services.AddOptionsWithValidateOnStart<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<PersonEraser>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PersonEraser>());
        builder.Services.AddOptions<BootstrapOptions>().BindConfiguration(BootstrapOptions.Section);
        builder.Services.AddSingleton<Bootstrap>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Bootstrap>());
        builder.Services.AddHealthChecks().AddCheck<Bootstrap>("bootstrap");
    }
}
