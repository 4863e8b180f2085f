using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OssPayment.Emulator.Faults;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Control;

/// <summary>Asking for faults.</summary>
internal static class FaultRoutes
{
    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        routes.MapGet("/faults", () => state.Faults.All());
        routes.MapPost("/faults", (Fault fault) =>
        {
            state.Faults.Add(fault);
            return Results.NoContent();
        });
        routes.MapDelete("/faults", () =>
        {
            state.Faults.Clear();
            return Results.NoContent();
        });
    }
}
