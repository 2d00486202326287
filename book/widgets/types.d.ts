// esbuild brings a style sheet as its text
declare module "*.css" {
  const text: string;
  export default text;
}
// and a worker as its bundled text (bundle.js)
declare module "worker:*" {
  const text: string;
  export default text;
}
