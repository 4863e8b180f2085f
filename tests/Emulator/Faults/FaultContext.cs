using System;
using System.Threading.Tasks;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.Operations;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Faults;

/// <summary>The input of a fault action: the request, its correct response, and the connection.</summary>
internal sealed class FaultContext(
    RecordedRequest request,
    Lazy<Response> genuine,
    ResponseFactory responses,
    RawConnection connection,
    Func<Response, Task> send)
{
    /// <summary>The correct response to the request. The first access runs the operation.</summary>
    public Response Genuine => genuine.Value;

    public ResponseFactory Responses => responses;

    public RawConnection Connection => connection;

    public async Task PlayAsync(Fault fault)
    {
        if (fault.AfterApply)
        {
            _ = Genuine;
        }

        await fault.Action.PlayAsync(this);
    }

    /// <summary>Sends a complete response in the normal way.</summary>
    public Task SendAsync(Response response) => send(response);

    /// <summary>Writes the status line and headers of a response below HTTP.</summary>
    public async Task WriteHeadAsync(byte[] head)
    {
        request.Status = Genuine.Status;
        await Connection.WriteAsync(head);
    }
}

/// <summary>Sends part of the correct response.</summary>
internal static class PartialResponse
{
    public static async Task WriteAsync(FaultContext context, CutPoint until)
    {
        if (until == CutPoint.BeforeHeaders)
        {
            return;
        }

        byte[] body = context.Genuine.Body;
        if (until == CutPoint.InHeaders)
        {
            byte[] head = ResponseHead.WithLength(context.Genuine, body.Length);
            await context.Connection.WriteAsync(head.AsMemory(0, head.Length / 2));
        }
        else if (until == CutPoint.InBody)
        {
            // An empty body cannot be cut, so a length of 1 is sent for it.
            await context.WriteHeadAsync(ResponseHead.WithLength(context.Genuine, Math.Max(body.Length, 1)));
            await context.Connection.WriteAsync(body.AsMemory(0, body.Length / 2));
        }
        else
        {
            await context.WriteHeadAsync(ResponseHead.WithLength(context.Genuine, body.Length));
            await context.Connection.WriteAsync(body);
        }
    }
}
