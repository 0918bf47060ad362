using Gengdu.Gateway.Data;
using Gengdu.Gateway.Limits;
using Gengdu.Gateway.Proxy;
using Gengdu.Gateway.Session;
using Gengdu.Gateway.WebApp;
using Gengdu.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("gateway");
builder.AddPostgres<GatewayDbContext>("gateway");
builder.AddKeyRing("gateway");
builder.AddSession();
builder.AddLoadLimits();
builder.AddUpstreams();
builder.AddWebApp();

var app = builder.Build();
if (await app.TryMigrateAsync<GatewayDbContext>(args))
{
    return;
}

app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseServiceDefaults();
app.UseRateLimiter();
app.UseRequestTimeouts();
app.UseWebApp();
app.MapSession();
app.MapUpstreams();
app.MapWebApp();
await app.RunAsync();
