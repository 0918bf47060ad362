using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;

namespace Gengdu.Province;

/// <summary>
/// The whole story in order: tree, people, the semester before, cycle, schools fill and sign, counties, cities and the province review. Started
/// again with the same seed, it goes on where it stopped.
/// </summary>
internal sealed class ProvinceLoader(LoadOptions options)
{
    private readonly Steps _steps = new(interactive: !Console.IsOutputRedirected);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var divisions = Division.Read(options.DivisionsFile);
        var schools = Schools.Make(divisions, options.Schools, options.Seed);
        var people = new People(divisions, schools, options.Password, options.Untouched);
        if (!await Session.CanSignInAsync(options.Address, People.Owner, options.Password, cancellationToken))
        {
            using var administrator = await Session.SignInAsync(options.Address, options.AdministratorName, options.AdministratorPassword, cancellationToken);
            var register = new Register(administrator, _steps);
            await register.DivisionsAsync(options.DivisionsFile, cancellationToken);
            await register.SchoolsAsync(schools, cancellationToken);
            await register.PeopleAsync(people.All(), cancellationToken);
            if (options.AuditorName.Length > 0)
            {
                using var auditor = await Session.SignInAsync(options.Address, options.AuditorName, options.Password, cancellationToken);
                await new Register(auditor, _steps).PeopleAsync(people.Auditors, cancellationToken);
            }
        }

        await File.WriteAllTextAsync(options.AccountsFile, people.Describe(options), cancellationToken);
        using var owner = await Session.SignInAsync(options.Address, People.Owner, options.Password, cancellationToken);
        using var casts = await Casts.SignInAsync(options, people, _steps, cancellationToken);
        await new PlayPast(options, casts, owner, divisions, schools, _steps).RunAsync(people, cancellationToken);
        if (options.Registers)
        {
            await new PlayRegisters(owner, schools, _steps).RunAsync(cancellationToken);
        }

        var cycle = await OpenCycle.RunAsync(owner, divisions, schools, _steps, cancellationToken);
        var recount = await new PlaySchools(options, casts, cycle, schools, _steps).RunAsync(cancellationToken);
        await new PlayReviewers(options, casts, owner, cycle, divisions, _steps).RunAsync(cancellationToken);
        await new Recount(owner, cycle, recount).RunAsync(cancellationToken);
        Console.WriteLine(await File.ReadAllTextAsync(options.AccountsFile, cancellationToken));
    }
}
