import { Server } from "node:net";

/** Loaded into the Playground before its own code: it would serve every interface of this machine, and takes no address. */
const listen = Server.prototype.listen as (this: Server, ...given: unknown[]) => Server;
Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
  const [port, host, ...rest] = given;
  const isOpen = typeof port === "number" && typeof host !== "string";
  return isOpen ? listen.call(this, port, "127.0.0.1", ...given.slice(1)) : listen.call(this, port, host, ...rest);
} as Server["listen"];
